package duka.catalog.stock;

import duka.catalog.stock.Movement.Kind;
import duka.catalog.stock.Movement.Reason;
import duka.messaging.Outbox;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What those who run the shop can see of the stock and do with it. What orders do with it is {@link
 * CheckoutSaga}'s.
 */
@Service
@Transactional
public class Stocking {

    /** How a wish to adjust ends. */
    public sealed interface Adjustment {

        record Done(Stock stock) implements Adjustment {}

        /** The units that would have to go are kept for orders. */
        record BelowReserved(Stock stock) implements Adjustment {}

        record BeyondMost(Stock stock) implements Adjustment {}
    }

    private final Stocks stocks;
    private final Movements movements;
    private final Outbox outbox;
    private final Clock clock;

    Stocking(Stocks stocks, Movements movements, Outbox outbox, Clock clock) {
        this.stocks = stocks;
        this.movements = movements;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** A product has come into the shop, in the transaction that this is part of. */
    public void open(UUID product, int units, int lowThreshold, @Nullable UUID by) {
        var stock = new Stock(product, units, 0, lowThreshold);
        stocks.add(stock);
        if (units > 0) {
            record(product, Kind.INITIAL, units, null, null, by);
        }
        outbox.add(stock.announceLevel());
    }

    /** To say what the books say already moves nothing. */
    public Adjustment adjust(
            UUID product, Correction correction, Reason reason, @Nullable String note, UUID by) {
        var stock = lock(product);
        long onHand =
                switch (correction) {
                    case Correction.By(int units) -> (long) stock.onHand() + units;
                    case Correction.To(int units) -> units;
                    case Correction.ToSell(int units) -> (long) stock.reserved() + units;
                };
        if (onHand < stock.reserved()) {
            return new Adjustment.BelowReserved(stock);
        }
        if (onHand > Stock.MOST) {
            return new Adjustment.BeyondMost(stock);
        }
        int units = Math.toIntExact(onHand - stock.onHand());
        if (units == 0) {
            return new Adjustment.Done(stock);
        }
        var adjusted = stock.plus(units, 0);
        stocks.change(List.of(adjusted));
        record(product, Kind.ADJUSTED, units, reason, note, by);
        if (adjusted.level() != stock.level()) {
            outbox.add(adjusted.announceLevel());
        }
        return new Adjustment.Done(adjusted);
    }

    /** Said even if the level stays, because others go by the threshold as well. */
    public Stock changeLowThreshold(UUID product, int units) {
        var stock = lock(product);
        if (stock.lowThreshold() == units) {
            return stock;
        }
        var changed = stock.withLowThreshold(units);
        stocks.change(List.of(changed));
        outbox.add(changed.announceLevel());
        return changed;
    }

    @Transactional(readOnly = true)
    public Stock of(UUID product) {
        return stocks.find(product).orElseThrow(() -> noStock(product));
    }

    @Transactional(readOnly = true)
    public long countLow(LowStockFilter filter) {
        return stocks.countLow(filter);
    }

    /** What there is least of first. */
    @Transactional(readOnly = true)
    public List<LowStock> low(LowStockFilter filter, long offset, int limit) {
        return stocks.low(filter, offset, limit);
    }

    @Transactional(readOnly = true)
    public long countMovements(MovementFilter filter) {
        return movements.count(filter);
    }

    /**
     * @param before only what is older than this movement
     */
    @Transactional(readOnly = true)
    public List<Movement> movements(
            MovementFilter filter, @Nullable UUID before, long offset, int limit) {
        return movements.list(filter, before, offset, limit);
    }

    private Stock lock(UUID product) {
        var stock = stocks.lock(Set.of(product)).get(product);
        if (stock == null) {
            throw noStock(product);
        }
        return stock;
    }

    private void record(
            UUID product,
            Kind kind,
            int units,
            @Nullable Reason reason,
            @Nullable String note,
            @Nullable UUID by) {
        movements.addAll(
                List.of(
                        new Movement(
                                Uuid7.mint(clock),
                                product,
                                kind,
                                units,
                                null,
                                null,
                                reason,
                                note,
                                by,
                                clock.instant())));
    }

    private static IllegalStateException noStock(UUID product) {
        return new IllegalStateException("product %s has no stock".formatted(product));
    }
}
