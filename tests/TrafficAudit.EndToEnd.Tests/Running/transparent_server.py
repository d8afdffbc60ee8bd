"""A server for the transparent test: HTTPS on 443, HTTP on 80, an echo on 9000; IPv4 and IPv6. Ends with its parent's kill."""
import http.server
import socket
import socketserver
import ssl
import sys
import threading


class Hello(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b"hello from the server\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall(self.request.recv(100))


class Http(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6


class Tcp(socketserver.ThreadingTCPServer):
    address_family = socket.AF_INET6
    allow_reuse_address = True


https = Http(("::", 443), Hello)
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(sys.argv[1])
https.socket = tls.wrap_socket(https.socket, server_side=True)
servers = [https, Http(("::", 80), Hello), Tcp(("::", 9000), Echo)]
threads = [threading.Thread(target=server.serve_forever) for server in servers]
for thread in threads:
    thread.start()
print("ready", flush=True)
