package duka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A connection to a server that a test can pull out, and plug in again. */
public class Cable implements AutoCloseable {

    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
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
        open.forEach(Cable::closeQuietly);
    }

    public synchronized void plugIn() {
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
                open.add(client);
                var upstream = new Socket(server.getAddress(), server.getPort());
                open.add(upstream);
                if (listening.isClosed()) {
                    hangUp(client, upstream);
                }
                Thread.startVirtualThread(() -> carry(client, upstream));
                Thread.startVirtualThread(() -> carry(upstream, client));
            } catch (IOException _) {
                // pulled
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // one side has hung up
        } finally {
            hangUp(from, to);
        }
    }

    private void hangUp(Socket... sockets) {
        for (var socket : sockets) {
            closeQuietly(socket);
            open.remove(socket);
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
