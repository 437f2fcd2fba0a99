package duka.order;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import duka.messaging.Uuid7;
import duka.order.Following.News.Over;
import duka.order.Following.News.Quiet;
import duka.order.Following.News.Told;
import duka.testing.Parallel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

class FollowingTest {

    final Orders orders = mock(Orders.class);
    final Order order = OrderFixture.placedOrder(OrderFixture.newId(), OrderFixture.newId());
    final NextOrder next = new NextOrder(new CheckedOutCart(order.customer(), order.cart()), null);
    final Following following = following(Duration.ofSeconds(10));

    @BeforeEach
    void begin() {
        following.start();
    }

    @AfterEach
    void end() {
        following.stop();
    }

    @Test
    void an_error_does_not_end_what_followers_are_told() throws Exception {
        given(orders.find(order.id())).willReturn(Optional.of(order));
        given(orders.findAll(any())).willReturn(List.of(order));
        given(orders.newsSince(any()))
                .willThrow(new NoClassDefFoundError("a class that a full disk has swallowed"))
                .willThrow(new IllegalStateException("the database is away"))
                .willReturn(Map.of(order.id(), order.news()));

        try (var life = following.follow(order.id(), new Viewer(order.customer(), false), 0)) {
            assertThat(life.next(Duration.ofSeconds(10))).isEqualTo(new Told(order.news()));
        }
    }

    @Test
    void an_order_that_is_there_stays_there_however_long_nothing_happens_to_it() throws Exception {
        var twoMinutesAgo = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));
        var old = OrderFixture.placedOrder(Uuid7.mint(twoMinutesAgo), OrderFixture.newId());
        given(orders.find(old.id())).willReturn(Optional.of(old));

        try (var life =
                following.follow(old.id(), new Viewer(old.customer(), false), old.steps())) {
            assertThat(life.next(Duration.ofMillis(10))).isEqualTo(new Quiet());
        }
    }

    @Test
    void followers_are_told_until_the_departure_was_noticed_and_left_before_they_are_waited_for() {
        assertThat(following.getPhase())
                .isLessThan(SmartLifecycle.DEFAULT_PHASE)
                .isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
    }

    @Test
    void who_comes_after_the_end_is_sent_elsewhere() throws Exception {
        given(orders.find(order.id())).willReturn(Optional.of(order));
        following.stop();

        try (var life = following.follow(order.id(), new Viewer(order.customer(), false), 0)) {
            assertThat(life.next(Duration.ofSeconds(10))).isEqualTo(new Over());
        }
    }

    @Test
    void a_customer_follows_no_more_than_so_much_at_once() {
        given(orders.find(order.id())).willReturn(Optional.of(order));
        var viewer = new Viewer(order.customer(), false);
        var first = following.follow(order.id(), viewer, 0);
        following.follow(order.id(), viewer, 0);

        assertThatThrownBy(() -> following.follow(order.id(), viewer, 0))
                .isInstanceOf(TooManyStreams.class);

        first.close();
        first.close();
        following.follow(order.id(), viewer, 0);
        assertThatThrownBy(() -> following.follow(order.id(), viewer, 0))
                .isInstanceOf(TooManyStreams.class);
    }

    @Test
    void all_together_follow_no_more_than_so_much_at_once() {
        given(orders.find(order.id())).willReturn(Optional.of(order));
        var lives = Stream.generate(this::followAsStaff).limit(3).toList();

        assertThatThrownBy(this::followAsStaff).isInstanceOf(TooManyStreams.class);

        lives.getFirst().close();
        assertThat(followAsStaff()).isNotNull();
    }

    @Test
    void who_waits_for_an_order_is_told_once_it_is_there() throws Exception {
        var asked = new CompletableFuture<Void>();
        given(orders.findMade(Set.of(next)))
                .willAnswer(
                        _ -> {
                            asked.complete(null);
                            return List.of();
                        })
                .willReturn(List.of(next));

        assertThat(following.arrives(next)).isTrue();
        assertThat(asked).isCompleted();
    }

    @Test
    void several_wait_for_the_same_order() {
        given(orders.findMade(any())).willReturn(List.of(), List.of(), List.of(next));

        var first = Parallel.start(this::arrives);
        var second = Parallel.start(this::arrives);

        assertThat(first).succeedsWithin(10, SECONDS).isEqualTo(true);
        assertThat(second).succeedsWithin(10, SECONDS).isEqualTo(true);
    }

    @Test
    void nobody_waits_for_ever() throws Exception {
        given(orders.findMade(any())).willReturn(List.of());

        var impatient = following(Duration.ofMillis(300));
        impatient.start();

        assertThat(impatient.arrives(next)).isFalse();
        impatient.stop();
    }

    private Following following(Duration arrival) {
        return new Following(
                orders,
                new FollowingProperties(
                        Duration.ofMillis(5),
                        Duration.ofSeconds(10),
                        arrival,
                        Duration.ofMinutes(1),
                        3,
                        2),
                Clock.systemUTC());
    }

    private Following.Life followAsStaff() {
        var staff = new Viewer(new CustomerId(OrderFixture.newId()), true);
        return following.follow(order.id(), staff, 0);
    }

    private boolean arrives() {
        try {
            return following.arrives(next);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
