import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Java's HttpClient through the proxy, once by HTTP/2 and once by HTTP/1.1; what it trusts is the JVM's trust store, set on the command line.
 * Arguments: proxy host, proxy port, host, port.
 */
final class JavaClient {
    public static void main(String[] args) throws Exception {
        var proxy = ProxySelector.of(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
        for (var version : new HttpClient.Version[] {HttpClient.Version.HTTP_2, HttpClient.Version.HTTP_1_1}) {
            var client = HttpClient.newBuilder().proxy(proxy).version(version).connectTimeout(Duration.ofSeconds(30)).build();
            var base = "https://" + args[2] + ":" + args[3] + "/java/" + version.toString().toLowerCase();
            ask(client, version, HttpRequest.newBuilder(URI.create(base + "?q=1")));
            ask(client, version, HttpRequest.newBuilder(URI.create(base)).POST(BodyPublishers.ofString("sent by java")));
        }
    }

    private static void ask(HttpClient client, HttpClient.Version version, HttpRequest.Builder request) throws Exception {
        var answer = client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        if (answer.version() != version) {
            throw new IllegalStateException(answer.version() + " instead of " + version);
        }

        System.out.println(answer.statusCode() + " " + answer.body());
    }
}
