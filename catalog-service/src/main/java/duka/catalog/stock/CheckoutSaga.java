package duka.catalog.stock;

import static duka.messaging.Step.become;
import static duka.messaging.Step.stay;

import duka.events.OrderEvent;
import duka.events.OrderEvent.OrderCancelled;
import duka.events.OrderEvent.OrderConfirmed;
import duka.events.OrderEvent.OrderLinesCancelled;
import duka.events.OrderEvent.OrderPlaced;
import duka.events.OrderEvent.OrderReturned;
import duka.events.Quantity;
import duka.events.Refusal;
import duka.events.ReservationEvent;
import duka.events.ReservationEvent.StockRejected;
import duka.events.ReservationEvent.StockReleased;
import duka.events.ReservationEvent.StockReserved;
import duka.events.ReservationEvent.StockReturned;
import duka.events.ReservationEvent.StockTaken;
import duka.events.Topics;
import duka.messaging.Impossible;
import duka.messaging.Outbox;
import duka.messaging.Step;
import duka.messaging.Step.Become;
import duka.messaging.Step.Stay;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Catalog's part in checkout, whole: what it hears, what each hearing does to the stock of an
 * order, and what it then says.
 */
@Component
@Transactional
class CheckoutSaga {

    private static final Logger log = LoggerFactory.getLogger(CheckoutSaga.class);

    private final Stockroom stockroom;
    private final Outbox outbox;
    private final Clock clock;

    CheckoutSaga(Stockroom stockroom, Outbox outbox, Clock clock) {
        this.stockroom = stockroom;
        this.outbox = outbox;
        this.clock = clock;
    }

    // What it hears.

    @KafkaListener(topics = Topics.ORDERS)
    void onOrders(List<OrderEvent.ForStock> heard) {
        var batch = stockroom.open(heard);
        for (var event : heard) {
            switch (event) {
                case OrderPlaced order -> place(batch, order);
                case OrderConfirmed _ -> move(batch, event, CheckoutSaga::orderConfirmed);
                case OrderCancelled _ -> move(batch, event, CheckoutSaga::orderCancelled);
                case OrderLinesCancelled order ->
                        move(batch, event, at -> orderLinesCancelled(at, order.lines()));
                case OrderReturned _ -> move(batch, event, CheckoutSaga::orderReturned);
            }
        }
        stockroom.close(batch);
        outbox.addAll(batch.said());
    }

    // What each hearing does to a reservation. None is there before the order is placed.

    static Step<Reservation> orderPlaced(
            @Nullable Reservation at, OrderPlaced order, List<Refusal> refused) {
        return switch (status(at)) {
            case null ->
                    become(
                            refused.isEmpty()
                                    ? Reservation.held(order)
                                    : Reservation.refused(order));
            case HELD, REFUSED, TAKEN, RELEASED, RETURNED ->
                    throw new Impossible("order placed", at.status());
        };
    }

    static Step<Reservation> orderConfirmed(@Nullable Reservation at) {
        return switch (status(at)) {
            case HELD -> become(at.taken());
            case null -> throw new Impossible("order confirmed", "nothing");
            case REFUSED, TAKEN, RELEASED, RETURNED ->
                    throw new Impossible("order confirmed", at.status());
        };
    }

    static Step<Reservation> orderCancelled(@Nullable Reservation at) {
        return switch (status(at)) {
            case HELD -> become(at.released());
            case TAKEN -> become(at.returned());
            case REFUSED -> stay("nothing was held");
            case null -> throw new Impossible("order cancelled", "nothing");
            case RELEASED, RETURNED -> throw new Impossible("order cancelled", at.status());
        };
    }

    static Step<Reservation> orderLinesCancelled(@Nullable Reservation at, List<Quantity> lines) {
        return switch (status(at)) {
            case TAKEN -> become(at.returning(lines));
            case null -> throw new Impossible("lines cancelled", "nothing");
            case HELD, REFUSED, RELEASED, RETURNED ->
                    throw new Impossible("lines cancelled", at.status());
        };
    }

    static Step<Reservation> orderReturned(@Nullable Reservation at) {
        return switch (status(at)) {
            case TAKEN -> become(at.returned());
            case null -> throw new Impossible("order returned", "nothing");
            case HELD, REFUSED, RELEASED, RETURNED ->
                    throw new Impossible("order returned", at.status());
        };
    }

    private static @Nullable ReservationStatus status(@Nullable Reservation at) {
        return at == null ? null : at.status();
    }

    // What it then says.

    private static ReservationEvent announce(
            @Nullable Reservation was, Reservation is, List<Refusal> refused, Batch batch) {
        var order = is.orderId();
        return switch (is.status()) {
            case HELD -> new StockReserved(order, lines(is, batch.offers()));
            case REFUSED -> new StockRejected(order, refused);
            case RELEASED -> new StockReleased(order);
            case TAKEN, RETURNED -> {
                var back = is.returnedSince(was);
                yield back.isEmpty() ? new StockTaken(order) : new StockReturned(order, back);
            }
        };
    }

    private static List<ReservationEvent.Line> lines(Reservation held, Map<UUID, Offer> offers) {
        return held.lines().stream()
                .map(line -> offers.get(line.productId()).of(line.quantity()))
                .toList();
    }

    private void place(Batch batch, OrderPlaced order) {
        var refused = Refusals.of(order.lines(), batch.offers(), batch.stock());
        move(batch, order, refused, at -> orderPlaced(at, order, refused));
    }

    private void move(Batch batch, OrderEvent heard, Decision decision) {
        move(batch, heard, List.of(), decision);
    }

    private void move(Batch batch, OrderEvent heard, List<Refusal> refused, Decision decision) {
        var at = batch.reservation(heard.orderId());
        var type = heard.getClass().getSimpleName();
        switch (decision.on(at)) {
            case Become<Reservation>(var next, _) -> {
                batch.become(next, clock);
                batch.say(announce(at, next, refused, batch));
                log.info(
                        "order {}: {}, {} -> {}", heard.orderId(), type, status(at), next.status());
            }
            case Stay<Reservation>(var why) ->
                    log.info("order {}: {}, stays {}: {}", heard.orderId(), type, status(at), why);
        }
    }

    @FunctionalInterface
    private interface Decision {
        Step<Reservation> on(@Nullable Reservation at);
    }
}
