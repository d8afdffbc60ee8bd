"""Python's http.client through the proxy. Arguments: proxy host, proxy port, host, port, file of the authority."""
import http.client
import ssl
import sys

proxy_host, proxy_port, host, port, authority = sys.argv[1:]


def ask(method, path, body=None):
    connection = http.client.HTTPSConnection(
        proxy_host, int(proxy_port), timeout=30, context=ssl.create_default_context(cafile=authority))
    connection.set_tunnel(host, int(port))
    connection.request(method, path, body)
    answer = connection.getresponse()
    print(answer.status, answer.read().decode())
    connection.close()


ask("GET", "/python?q=1")
ask("POST", "/python", "sent by python")
