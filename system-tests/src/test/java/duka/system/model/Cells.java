package duka.system.model;

import duka.messaging.Impossible;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Which cells of the sagas' tables were reached. */
public final class Cells {

    private final Set<String> reached = new TreeSet<>();

    public void reached(String cell) {
        reached.add(cell);
    }

    public Set<String> reached() {
        return reached;
    }

    public static String name(String saga, Object heard, Object at) {
        return "%s: %s at %s".formatted(saga, heard, at);
    }

    /** Whether any of these decisions is more than {@link Impossible}. */
    public static boolean isPossible(Collection<Supplier<?>> decisions) {
        return decisions.stream().anyMatch(Cells::isPossible);
    }

    private static boolean isPossible(Supplier<?> decision) {
        try {
            decision.get();
            return true;
        } catch (Impossible e) {
            return false;
        }
    }
}
