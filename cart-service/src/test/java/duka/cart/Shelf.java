package duka.cart;

import duka.events.Money;
import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;

/** Puts products where cart knows them, without a word from catalog. */
@TestComponent
record Shelf(Products products) {

    static final int PLENTY = 2000;

    /** There are plenty of it. */
    UUID put(String name, String price) {
        var id = UUID.randomUUID();
        put(id, 1, name, price, true);
        products.learnLevels(List.of(new StockLevelChanged(id, Level.IN, 9 * PLENTY, PLENTY)));
        return id;
    }

    void sellOut(UUID id) {
        products.learnLevels(List.of(new StockLevelChanged(id, Level.OUT, 0, PLENTY)));
    }

    void put(UUID id, long revision, String name, String price, boolean active) {
        var product =
                new Product(
                        id,
                        revision,
                        name.toLowerCase(),
                        name,
                        Money.of(price, "KES"),
                        active,
                        null,
                        0);
        products.learn(List.of(product));
    }
}
