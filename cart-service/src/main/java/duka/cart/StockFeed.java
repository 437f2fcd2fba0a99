package duka.cart;

import duka.events.StockLevelChanged;
import duka.events.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Keeps cart's copy of which products are in, low and out. */
@Component
class StockFeed {

    private final Products products;

    StockFeed(Products products) {
        this.products = products;
    }

    @KafkaListener(topics = Topics.STOCK, groupId = "cart-products")
    void onStock(List<StockLevelChanged> heard) {
        var latest = new LinkedHashMap<UUID, StockLevelChanged>();
        heard.forEach(changed -> latest.put(changed.productId(), changed));
        products.learnLevels(latest.values());
    }
}
