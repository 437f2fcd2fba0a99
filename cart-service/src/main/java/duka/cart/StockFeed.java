package duka.cart;

import duka.events.InventoryReconciled;
import duka.events.ReservationEvent;
import duka.events.StockCritical;
import duka.events.StockEvent;
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
    void onStock(List<StockEvent> heard) {
        var latest = new LinkedHashMap<UUID, StockLevelChanged>();
        for (var event : heard) {
            switch (event) {
                case StockLevelChanged changed -> latest.put(changed.productId(), changed);
                // One order's stock: cart takes its cue from what order-service makes of it.
                case ReservationEvent _ -> {}
                // The shop's own affairs.
                case StockCritical _, InventoryReconciled _ -> {}
            }
        }
        if (!latest.isEmpty()) {
            products.learnLevels(latest.values());
        }
    }
}
