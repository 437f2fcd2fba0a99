package duka.local;

import java.util.List;
import java.util.Map;

/** How one part is prepared, started, asked whether it serves and asked to stop. */
abstract sealed class Program permits Postgres, Kafka, Redis, Service {

    /** Marks each of our processes with the shop that it belongs to. */
    static final String HOME_MARK = "-Dduka.home=";

    final Part part;
    final Place place;
    final Ports ports;

    Program(Part part, Place place, Ports ports) {
        this.part = part;
        this.place = place;
        this.ports = ports;
    }

    int port() {
        return ports.of(part);
    }

    /** What has to be on disk before it can start; quick when it is there already. */
    abstract void prepare();

    abstract List<String> command();

    Map<String, String> environment() {
        return Map.of();
    }

    abstract boolean serves();

    /** What it needs once, as soon as it serves. */
    void settle() {}

    /** Whether what it last said before it died is something that passes. */
    boolean isWorthAnotherTry(String lastWords) {
        return false;
    }

    void askToStop(ProcessHandle process) {
        process.destroy();
    }

    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }
}
