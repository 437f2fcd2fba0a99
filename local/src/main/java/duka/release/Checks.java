package duka.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What must hold of the programs before one of them is released. */
@FunctionalInterface
interface Checks {

    /**
     * @throws Refused if something does not hold
     */
    void pass(Set<String> programs);

    /** The tests of all contracts, and of what these programs say and hear. */
    static Checks byMaven(Path root) {
        return programs -> {
            var modules = new TreeSet<>(programs);
            modules.add("common-events");
            modules.add("local");
            var maven =
                    new ProcessBuilder(
                                    "mvn",
                                    "-B",
                                    "-q",
                                    "-ntp",
                                    "-pl",
                                    String.join(",", modules),
                                    "-am",
                                    "test",
                                    "-Dtest=SchemaTest,ContractsTest,ArchitectureTest",
                                    "-Dsurefire.failIfNoSpecifiedTests=false")
                            .directory(root.toFile())
                            .inheritIO();
            try {
                if (maven.start().waitFor() != 0) {
                    throw new Refused("The contracts are not kept; nothing was changed.");
                }
            } catch (IOException e) {
                throw new Refused("mvn cannot be run: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refused("The checks were interrupted; nothing was changed.", e);
            }
        };
    }
}
