package duka.catalog.stock;

import static duka.catalog.Shop.MANAGER;
import static duka.catalog.stock.Movement.Reason.FOUND;
import static java.time.temporal.ChronoUnit.MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import duka.catalog.Shop;
import duka.catalog.WholeCatalog;
import duka.catalog.stock.Correction.By;
import duka.events.StockCritical;
import duka.messaging.Conversation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WholeCatalog
class WatchingIT {

    @Autowired Watching watching;
    @Autowired Stocking stocking;
    @Autowired Conversation catalog;
    @Autowired Shop shop;
    @Autowired JdbcClient jdbc;
    @Autowired Clock clock;

    @Test
    void a_product_is_critical_once_in_each_quiet_spell() {
        var chair = shop.product(5);
        watching.watch();
        assertThat(critical(chair)).as("it has just come").isEmpty();

        var since = quietFor(chair, Duration.ofHours(49));
        watching.watch();
        watching.watch();
        assertThat(critical(chair)).containsExactly(new StockCritical(chair, 5, 5, since));

        stocking.adjust(chair, new By(-1), FOUND, null, MANAGER);
        watching.watch();
        assertThat(critical(chair)).as("somebody has seen to it").hasSize(1);

        var later = quietFor(chair, Duration.ofHours(50));
        watching.watch();
        assertThat(critical(chair)).last().isEqualTo(new StockCritical(chair, 4, 5, later));
    }

    @Test
    void the_last_movement_counts_whatever_clock_another_went_by() {
        var chair = shop.product(5);
        stocking.adjust(chair, new By(-1), FOUND, null, MANAGER);
        var since = quietFor(chair, Duration.ofHours(50));
        jdbc.sql(
                        """
                        update stock_movements set made_at = made_at + interval '1 hour'
                        where id = (select id from stock_movements where product_id = ?
                                    order by id limit 1)
                        """)
                .param(chair)
                .update();
        watching.watch();
        assertThat(critical(chair)).containsExactly(new StockCritical(chair, 4, 5, since));
    }

    @Test
    void what_is_enough_or_withdrawn_or_has_moved_is_not_critical() {
        var enough = shop.product(6);
        var withdrawn = shop.product(1);
        var moved = shop.product(1);
        shop.withdraw(withdrawn);
        quietFor(enough, Duration.ofHours(49));
        quietFor(withdrawn, Duration.ofHours(49));
        quietFor(moved, Duration.ofHours(47));
        watching.watch();
        assertThat(List.of(enough, withdrawn, moved))
                .allSatisfy(it -> assertThat(critical(it)).isEmpty());
    }

    @Test
    void what_never_was_there_is_critical_too() {
        var chair = shop.product(0);
        jdbc.sql("update products set created_at = ? where id = ?")
                .param(clock.instant().minus(Duration.ofDays(3)).atOffset(ZoneOffset.UTC))
                .param(chair)
                .update();
        watching.watch();
        assertThat(critical(chair)).extracting(StockCritical::available).containsExactly(0);
    }

    @Test
    void two_who_watch_at_once_say_it_once() throws Exception {
        var chairs = Stream.generate(() -> shop.product(1)).limit(20).toList();
        chairs.forEach(it -> quietFor(it, Duration.ofHours(49)));
        try (var workers = Executors.newFixedThreadPool(4)) {
            for (var done :
                    workers.invokeAll(
                            Stream.generate(() -> Executors.callable(watching::watch))
                                    .limit(4)
                                    .toList())) {
                done.get();
            }
        }
        assertThat(chairs).allSatisfy(it -> assertThat(critical(it)).hasSize(1));
    }

    private Instant quietFor(UUID product, Duration time) {
        var since = clock.instant().minus(time).truncatedTo(MICROS);
        jdbc.sql("update stock_movements set made_at = ? where product_id = ?")
                .param(since.atOffset(ZoneOffset.UTC))
                .param(product)
                .update();
        return since;
    }

    private List<StockCritical> critical(UUID product) {
        return catalog.said(product).stream()
                .filter(StockCritical.class::isInstance)
                .map(StockCritical.class::cast)
                .toList();
    }
}
