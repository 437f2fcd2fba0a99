package duka.catalog.images;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real S3 server in a process of its own, which checks signatures. */
final class S3Server implements AutoCloseable {

    static final String KEY = "reader";
    static final String SECRET = "a secret of no importance";

    private static final String HERE = "127.0.0.1";

    private final Process process;
    private final int port;

    S3Server(Path folder) throws IOException {
        this.port = freePort();
        var settings =
                Files.writeString(
                        folder.resolve("s3proxy.conf"),
                        """
                        s3proxy.authorization=aws-v4
                        s3proxy.endpoint=http://%s:%d
                        s3proxy.identity=%s
                        s3proxy.credential=%s
                        jclouds.provider=transient-nio2
                        jclouds.identity=%s
                        jclouds.credential=%s
                        """
                                .formatted(HERE, port, KEY, SECRET, KEY, SECRET));
        this.process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                Path.of("target", "s3proxy", "s3proxy.jar").toString(),
                                "--properties",
                                settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("s3proxy.log").toFile())
                        .start();
        await().atMost(60, SECONDS).until(this::answers);
    }

    ImagesProperties.S3 bucket(String name, String secret) {
        return new ImagesProperties.S3(
                name,
                URI.create("http://%s:%d".formatted(HERE, port)),
                "us-east-1",
                KEY,
                secret,
                true,
                Duration.ofSeconds(10));
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the S3 server has ended: " + process.exitValue());
        }
        try (var socket = new Socket(HERE, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HERE))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
