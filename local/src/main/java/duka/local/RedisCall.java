package duka.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;

/** What little of Redis' protocol it takes to send one command. */
final class RedisCall {

    private static final int PATIENCE_MILLIS = 1000;

    private RedisCall() {}

    static String ask(String host, int port, String password, String... command)
            throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = encode("AUTH", password) + encode(command);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            line(answers);
            return line(answers);
        }
    }

    private static String encode(String... words) {
        var encoded = new StringBuilder("*%d\r\n".formatted(words.length));
        for (String word : words) {
            encoded.append("$%d\r\n%s\r\n".formatted(word.getBytes(UTF_8).length, word));
        }
        return encoded.toString();
    }

    private static String line(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        if (line == null || line.startsWith("-")) {
            throw new IOException("Redis says " + line);
        }
        return line;
    }
}
