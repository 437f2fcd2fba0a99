package duka.local;

import java.io.PrintStream;

/** Fills an empty shop with {@link Demo}'s people and goods. */
final class Seeder {

    static final int PRODUCTS = 50;

    Seeder(Shop shop, PrintStream out) {}

    void seedIfEmpty() {}

    void seed(int products) {}
}
