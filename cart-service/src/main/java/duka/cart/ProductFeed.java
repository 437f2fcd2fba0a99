package duka.cart;

import duka.events.ProductEvent;
import duka.events.ProductEvent.ProductChanged;
import duka.events.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Keeps cart's copy of the products, so that a cart is shown and filled without asking catalog. */
@Component
class ProductFeed {

    private final Products products;

    ProductFeed(Products products) {
        this.products = products;
    }

    @KafkaListener(topics = Topics.PRODUCTS, groupId = "cart-products")
    void onProducts(List<ProductEvent> heard) {
        var latest = new LinkedHashMap<UUID, Product>();
        for (var event : heard) {
            switch (event) {
                case ProductChanged changed ->
                        latest.merge(
                                changed.productId(),
                                product(changed),
                                (one, other) -> one.revision() > other.revision() ? one : other);
            }
        }
        products.learn(latest.values());
    }

    private static Product product(ProductChanged event) {
        return new Product(
                event.productId(),
                event.revision(),
                event.slug(),
                event.name(),
                event.unitPrice(),
                event.active(),
                null,
                0);
    }
}
