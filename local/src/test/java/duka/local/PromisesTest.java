package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromisesTest {

    final Promises promises = new Promises("Wanjiku");

    @BeforeEach
    void one_order_is_confirmed() {
        promises.ordered("one");
        promises.told("one", "AWAITING_PAYMENT");
        promises.told("one", "CONFIRMED");
    }

    @Test
    void a_word_that_is_kept_is_no_violation() {
        assertThat(promises.brokenBy(Map.of("one", "CONFIRMED"))).isEmpty();
    }

    @Test
    void an_order_that_is_gone_was_not_what_was_promised() {
        assertThat(promises.brokenBy(Map.of())).singleElement().asString().contains("not there");
    }

    @Test
    void an_order_that_nobody_was_told_of_should_not_be_there() {
        assertThat(promises.brokenBy(Map.of("one", "CONFIRMED", "two", "REJECTED")))
                .singleElement()
                .asString()
                .contains("two")
                .contains("without being told");
    }

    @Test
    void a_confirmed_order_stays_confirmed() {
        assertThat(promises.brokenBy(Map.of("one", "CANCELLED"))).hasSize(1);
    }

    @Test
    void a_confirmed_order_may_be_cancelled_by_who_wishes_it() {
        promises.mayBeCancelled("one");

        assertThat(promises.brokenBy(Map.of("one", "CANCELLED"))).isEmpty();
        assertThat(promises.brokenBy(Map.of("one", "CONFIRMED"))).isEmpty();
        assertThat(promises.brokenBy(Map.of("one", "REJECTED"))).hasSize(1);
    }

    @Test
    void what_was_cancelled_is_cancelled_for_good() {
        promises.mayBeCancelled("one");
        promises.cancelled("one");

        assertThat(promises.brokenBy(Map.of("one", "CONFIRMED"))).hasSize(1);
    }

    @Test
    void a_refused_order_does_not_come_back() {
        promises.ordered("two");
        promises.told("two", "REJECTED");

        assertThat(promises.brokenBy(Map.of("one", "CONFIRMED", "two", "CONFIRMED"))).hasSize(1);
    }

    @Test
    void one_key_has_one_order() {
        promises.answeredAgain("one", answer("one"));
        assertThat(promises.brokenBy(Map.of("one", "CONFIRMED"))).isEmpty();

        promises.answeredAgain("one", answer("another"));
        assertThat(promises.brokenBy(Map.of("one", "CONFIRMED"))).hasSize(1);
    }

    private static Api.Answer answer(String order) {
        return new Api.Answer(
                "POST /api/v1/checkout",
                202,
                HttpHeaders.of(Map.of(), (_, _) -> true),
                Api.JSON.createObjectNode().put("order_id", order));
    }
}
