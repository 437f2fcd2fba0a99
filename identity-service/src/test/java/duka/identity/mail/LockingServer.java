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

/**
 * A mail server that lets somebody in once, takes their first mail, knows nobody that the second
 * goes to, hangs up, and then refuses their login.
 */
class LockingServer implements AutoCloseable {

    private final ServerSocket server;

    LockingServer() {
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
        for (boolean first = true; !server.isClosed(); first = false) {
            try (var client = server.accept()) {
                answer(client, first);
            } catch (IOException _) {
                // a client that has gone, or the end
            }
        }
    }

    private static void answer(Socket client, boolean open) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        say(client, "220 locking.example");
        int mails = 0;
        for (var said = in.readLine(); said != null; said = in.readLine()) {
            switch (said.toUpperCase(Locale.ROOT).split("[ :]")[0]) {
                case "EHLO" -> say(client, "250-locking.example\r\n250 AUTH PLAIN");
                case "AUTH" ->
                        say(client, open ? "235 yes" : "535 5.7.8 shop@duka.example: not today");
                case "RCPT" -> {
                    if (++mails > 1) {
                        say(
                                client,
                                "550 5.1.1 %s: nobody of that name"
                                        .formatted(said.substring("RCPT TO:".length())));
                        return;
                    }
                    say(client, "250 yes");
                }
                case "DATA" -> {
                    say(client, "354 go on");
                    while (!".".equals(in.readLine())) {
                        // the mail itself
                    }
                    say(client, "250 yes");
                }
                default -> say(client, "250 yes");
            }
        }
    }

    private static void say(Socket client, String answer) throws IOException {
        client.getOutputStream().write((answer + "\r\n").getBytes(US_ASCII));
        client.getOutputStream().flush();
    }
}
