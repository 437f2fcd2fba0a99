package duka.identity.mail;

import duka.events.ProductEvent;
import duka.events.ProductEvent.ProductChanged;
import duka.events.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Keeps what mails say about products: their names, and who sells them. */
@Component
class ProductFeed {

    private final ProductCopies products;

    ProductFeed(ProductCopies products) {
        this.products = products;
    }

    @KafkaListener(topics = Topics.PRODUCTS, groupId = "identity-mail")
    void onProducts(List<ProductEvent> heard) {
        var latest = new LinkedHashMap<UUID, ProductChanged>();
        for (var event : heard) {
            switch (event) {
                case ProductChanged changed ->
                        latest.merge(
                                changed.productId(),
                                changed,
                                (one, other) -> one.revision() > other.revision() ? one : other);
            }
        }
        products.learn(latest.values());
    }
}
