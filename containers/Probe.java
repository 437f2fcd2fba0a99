import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Asks the program in the same container whether it is ready, and fails if it is not. */
final class Probe {

    private static final String OK = "HTTP/1.1 200";
    private static final int PATIENCE_MILLIS = 3000;

    private Probe() {}

    public static void main(String[] none) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write(
                            "GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                    .getBytes(US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            if (!answer.startsWith(OK)) {
                System.out.println(answer);
                System.exit(1);
            }
        }
    }

    /** Where the program itself shows its health. */
    private static int port() {
        var environment = System.getenv();
        return Integer.parseInt(
                environment.getOrDefault("MANAGEMENT_SERVER_PORT", environment.get("SERVER_PORT")));
    }
}
