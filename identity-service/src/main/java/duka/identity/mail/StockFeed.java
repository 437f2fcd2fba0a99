package duka.identity.mail;

import static duka.identity.mail.Template.INVENTORY_RECONCILED;

import duka.events.InventoryEvent;
import duka.events.InventoryReconciled;
import duka.events.InventoryReconciled.Difference;
import duka.events.StockCritical;
import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import duka.events.Topics;
import duka.messaging.Said;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Tells whoever has to buy more what runs low: the vendor of a product, the store managers where
 * there is none. A quarter of an hour's news make one mail, in which each product stands as it was
 * last; what came in again meanwhile does not stand there at all.
 */
@Component
class StockFeed {

    private final Beginning beginning;
    private final Mailbox mailbox;
    private final Staff staff;

    StockFeed(Beginning beginning, Mailbox mailbox, Staff staff) {
        this.beginning = beginning;
        this.mailbox = mailbox;
        this.staff = staff;
    }

    @KafkaListener(topics = Topics.STOCK, groupId = "identity-mail")
    void onStock(List<Said<InventoryEvent>> heard) {
        var low = new LinkedHashMap<UUID, Map<String, Object>>();
        var in = new HashSet<UUID>();
        for (var said : beginning.news(heard)) {
            switch (said.event()) {
                case StockLevelChanged changed when changed.level() == Level.IN -> {
                    low.remove(changed.productId());
                    in.add(changed.productId());
                }
                case StockLevelChanged changed -> {
                    in.remove(changed.productId());
                    low.put(changed.productId(), news(changed));
                }
                case StockCritical critical -> {
                    in.remove(critical.productId());
                    low.put(critical.productId(), news(critical));
                }
                case InventoryReconciled books -> tell(books);
            }
        }
        mailbox.ungather(in);
        if (!low.isEmpty()) {
            mailbox.gather(byRecipient(low));
        }
    }

    private Map<UUID, Map<UUID, Map<String, Object>>> byRecipient(
            Map<UUID, Map<String, Object>> low) {
        var vendors = staff.vendorsOf(low.keySet());
        var managers =
                vendors.keySet().containsAll(low.keySet())
                        ? List.<UUID>of()
                        : staff.storeManagers();
        var news = new HashMap<UUID, Map<UUID, Map<String, Object>>>();
        low.forEach(
                (product, fact) -> {
                    var vendor = vendors.get(product);
                    for (var recipient : vendor == null ? managers : List.of(vendor)) {
                        news.computeIfAbsent(recipient, _ -> new LinkedHashMap<>())
                                .put(product, fact);
                    }
                });
        return news;
    }

    private static Map<String, Object> news(StockLevelChanged changed) {
        return Map.of(
                "product_id", changed.productId().toString(),
                "level", changed.level() == Level.OUT ? "sold out" : "low",
                "available", changed.available(),
                "threshold", changed.lowThreshold());
    }

    private static Map<String, Object> news(StockCritical critical) {
        return Map.of(
                "product_id", critical.productId().toString(),
                "level", "critical, unchanged since " + Shown.at(critical.quietSince()),
                "available", critical.available(),
                "threshold", critical.lowThreshold());
    }

    private void tell(InventoryReconciled books) {
        mailbox.postToStoreManagers(
                INVENTORY_RECONCILED,
                "inventory:" + books.reconciliationId(),
                Map.of(
                        "at", Shown.at(books.at()),
                        "compared", books.products(),
                        "agree", books.differences().isEmpty(),
                        "count", books.differences().size(),
                        "differences",
                                books.differences().stream().map(StockFeed::difference).toList()));
    }

    private static Map<String, Object> difference(Difference difference) {
        return Map.of(
                "product_id", difference.productId().toString(),
                "figure",
                        switch (difference.figure()) {
                            case ON_HAND -> "on hand";
                            case RESERVED -> "reserved";
                        },
                "expected", difference.expected(),
                "found", difference.found());
    }
}
