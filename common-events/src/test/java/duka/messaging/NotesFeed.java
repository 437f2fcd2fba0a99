package duka.messaging;

import duka.events.Event;
import duka.events.OrderEvent;
import duka.events.PaymentEvent;
import duka.events.Topics;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;

/** The smallest service there is: it notes what it hears, unless a test makes it stumble. */
class NotesFeed {

    private final JdbcClient jdbc;
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private volatile Consumer<Event> stumble = _ -> {};

    NotesFeed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @KafkaListener(topics = Topics.ORDERS)
    void onOrders(List<OrderEvent> heard) {
        note(heard);
    }

    @KafkaListener(topics = Topics.PAYMENTS, groupId = "notes-payments")
    void onPayments(List<PaymentEvent.ForCustomer> heard) {
        note(heard);
    }

    /** Called with each event after it has been noted. */
    void stumbles(Consumer<Event> stumble) {
        this.stumble = stumble;
    }

    List<Integer> batches() {
        return List.copyOf(batches);
    }

    List<String> noted(UUID key) {
        return jdbc.sql("select type from note where key = ? order by position")
                .param(key)
                .query(String.class)
                .list();
    }

    private void note(List<? extends Event> heard) {
        for (var event : heard) {
            jdbc.sql("insert into note (key, type) values (?, ?)")
                    .param(event.key())
                    .param(EventCodec.typeOf(event))
                    .update();
            stumble.accept(event);
        }
        batches.add(heard.size());
    }
}
