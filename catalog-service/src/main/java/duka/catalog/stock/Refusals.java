package duka.catalog.stock;

import static duka.events.Refusal.Why.OUT_OF_STOCK;
import static duka.events.Refusal.Why.PRICE_CHANGED;
import static duka.events.Refusal.Why.WITHDRAWN;

import duka.events.OrderEvent.Line;
import duka.events.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which lines of an order cannot be had as they were asked for, and why. */
final class Refusals {

    /** Catalog's price is the price: any other is refused, also a higher one. */
    static List<Refusal> of(List<Line> lines, Map<UUID, Offer> offers, Map<UUID, Stock> stock) {
        var refusals = new ArrayList<Refusal>();
        for (var line : lines) {
            var product = line.productId();
            var offer = offers.get(product);
            if (offer == null || !offer.active()) {
                refusals.add(new Refusal(product, WITHDRAWN, 0, null));
                continue;
            }
            int available = stock.get(product).available();
            if (available < line.quantity()) {
                refusals.add(new Refusal(product, OUT_OF_STOCK, available, offer.unitPrice()));
            } else if (!offer.unitPrice().equals(line.unitPrice())) {
                refusals.add(new Refusal(product, PRICE_CHANGED, available, offer.unitPrice()));
            }
        }
        return refusals;
    }

    private Refusals() {}
}
