package duka.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A connection to a server that a test can pull out, and plug in again. */
public class Cable implements AutoCloseable {

    private final int port;
    private final Set<Call> open = ConcurrentHashMap.newKeySet();
    private volatile InetSocketAddress server = here(0);
    private @Nullable ServerSocket entrance;

    public Cable() {
        entrance = listen(0);
        port = entrance.getLocalPort();
    }

    /** Where clients connect to. */
    public int port() {
        return port;
    }

    public String address() {
        return "localhost:" + port;
    }

    public void leadsTo(Server server) {
        this.server = new InetSocketAddress(server.host(), server.port());
    }

    /** To whatever listens on this machine. */
    public void leadsTo(int port) {
        server = here(port);
    }

    /** Whoever is talking is cut off, and nobody gets through any more. */
    public synchronized void pull() {
        if (entrance != null) {
            closeQuietly(entrance);
            entrance = null;
        }
        open.forEach(Call::hangUp);
    }

    /**
     * As if the server's machine had died, and another one had taken its address: whoever is
     * talking waits for an answer in vain and is not told; who calls anew gets through.
     */
    public void fallSilent() {
        open.forEach(Call::fallSilent);
    }

    /**
     * Who tries to connect to a port of its own machine that nobody listens on may get that port.
     */
    public void plugIn() {
        await().ignoreExceptions()
                .until(
                        () -> {
                            listenAgain();
                            return true;
                        });
    }

    private synchronized void listenAgain() {
        if (entrance == null) {
            entrance = listen(port);
        }
    }

    @Override
    public void close() {
        pull();
    }

    private ServerSocket listen(int port) {
        try {
            var listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(here(port));
            Thread.startVirtualThread(() -> accept(listening));
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress here(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                var call = new Call(client, server);
                open.add(call);
                call.connect();
                if (listening.isClosed()) {
                    call.hangUp();
                }
            } catch (IOException _) {
                // pulled
            }
        }
    }

    private class Call {

        private final Socket client;
        private final Socket server = new Socket();
        private final SocketAddress address;
        private volatile boolean silent;

        Call(Socket client, SocketAddress address) {
            this.client = client;
            this.address = address;
        }

        void connect() throws IOException {
            try {
                server.connect(address);
            } catch (IOException e) {
                hangUp();
                throw e;
            }
            Thread.startVirtualThread(() -> carry(client, server));
            Thread.startVirtualThread(() -> carry(server, client));
        }

        void fallSilent() {
            silent = true;
            closeQuietly(server);
        }

        void hangUp() {
            closeQuietly(client);
            closeQuietly(server);
            open.remove(this);
        }

        private void carry(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException _) {
                // one side has hung up
            } finally {
                if (!silent) {
                    hangUp();
                }
            }
        }
    }

    private static void closeQuietly(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception _) {
            // it is gone either way
        }
    }
}
