package duka.cart;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The products that there are: as catalog has said, or says when asked. */
@Component
class Assortment {

    private final Products products;
    private final Catalog catalog;

    Assortment(Products products, Catalog catalog) {
        this.products = products;
        this.catalog = catalog;
    }

    Product product(UUID id) {
        return products.find(id).orElseGet(() -> learn(id));
    }

    /** Asks for one of which catalog's events have not told yet. */
    Product learn(UUID id) {
        var product = catalog.product(id).orElseThrow(() -> new NoSuchProduct(id));
        products.learn(List.of(product));
        return product;
    }

    /** How many there are; nothing if it cannot be asked. */
    Optional<Integer> available(Product product) {
        return catalog.available(product.id());
    }
}
