package duka.identity.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/** A mail server that knows nobody. */
class RefusingServer implements AutoCloseable {

    private final ServerSocket server;

    RefusingServer() {
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var client = server.accept()) {
                answer(client);
            } catch (IOException _) {
                // a client that has gone, or the end
            }
        }
    }

    private static void answer(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        var out = client.getOutputStream();
        var answer = "220 refusing.example";
        while (answer != null) {
            out.write((answer + "\r\n").getBytes(US_ASCII));
            out.flush();
            var said = in.readLine();
            answer = said == null ? null : answerTo(said.toUpperCase(Locale.ROOT), said);
        }
    }

    private static String answerTo(String command, String said) {
        return command.startsWith("RCPT")
                ? "550 5.1.1 %s: nobody of that name".formatted(said.substring("RCPT TO:".length()))
                : "250 yes";
    }
}
