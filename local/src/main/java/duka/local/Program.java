package duka.local;

import java.util.List;
import java.util.Map;

/** How one part is prepared, started, asked whether it serves and asked to stop. */
abstract sealed class Program permits Postgres, Kafka, Redis, Service {

    /** Marks each of our processes with the shop that it belongs to. */
    static final String HOME_MARK = "-Dduka.home=";

    /**
     * Ten JVMs that start on a few cores have no time to optimize what runs at the start only: C2
     * takes ten times as many calls as usual for a sign that a method is worth it. Nor have they
     * time to collect all garbage each time that a few thousand classes more have been loaded.
     */
    static final List<String> STARTING_TOGETHER =
            List.of(
                    "-XX:Tier4InvocationThreshold=50000",
                    "-XX:Tier4MinInvocationThreshold=6000",
                    "-XX:Tier4CompileThreshold=150000",
                    "-XX:Tier4BackEdgeThreshold=400000",
                    "-XX:MetaspaceSize=128m");

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
