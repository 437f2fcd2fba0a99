package duka.testing;

/** A server that tests talk to: where it is, and how it is ended. */
public record Server(String host, int port, Runnable end) implements AutoCloseable {

    public String address() {
        return host + ":" + port;
    }

    @Override
    public void close() {
        end.run();
    }
}
