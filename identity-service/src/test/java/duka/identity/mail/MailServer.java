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

/** As much of a mail server as a test needs to be refused by one. */
abstract class MailServer implements AutoCloseable {

    private final ServerSocket server;

    MailServer() {
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::serve);
    }

    /** Talks to one client until there is nothing more to say. */
    abstract void talk(Client client) throws IOException;

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                talk(new Client(socket));
            } catch (IOException _) {
                // a client that has gone, or the end
            }
        }
    }

    static final class Client {

        private final Socket socket;
        private final BufferedReader in;
        private String line;

        private Client(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        }

        /** Whether it has said something more. */
        boolean goesOn() throws IOException {
            line = in.readLine();
            return line != null;
        }

        String command() {
            return line.toUpperCase(Locale.ROOT).split("[ :]")[0];
        }

        void takeMail() throws IOException {
            while (goesOn() && !line.equals(".")) {
                // a line of it
            }
        }

        void say(String answer) throws IOException {
            socket.getOutputStream().write((answer + "\r\n").getBytes(US_ASCII));
            socket.getOutputStream().flush();
        }

        void knowsNobody() throws IOException {
            say("550 5.1.1 %s: nobody of that name".formatted(line.substring("RCPT TO:".length())));
        }
    }
}
