package duka.catalog.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import duka.events.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class RestockOrderTest {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final UUID CHAIR = UUID.randomUUID();
    static final UUID TABLE = UUID.randomUUID();

    final RestockOrder draft =
            RestockOrder.drafted(
                    UUID.randomUUID(),
                    null,
                    new RestockDraft(
                            null,
                            null,
                            null,
                            List.of(new Quantity(CHAIR, 10), new Quantity(TABLE, 2))),
                    UUID.randomUUID(),
                    NOW);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            change       | DRAFT           | !               | !               | !        | !
            order        | ORDERED         | !               | !               | !        | !
            receive some | !               | PARTLY_RECEIVED | PARTLY_RECEIVED | !        | !
            receive all  | !               | RECEIVED        | RECEIVED        | !        | !
            cancel       | CANCELLED       | CANCELLED       | CANCELLED       | !        | !
            """)
    void each_wish_at_each_status(ArgumentsAccessor row) {
        for (var status : RestockStatus.values()) {
            var expected = row.getString(1 + status.ordinal());
            var wish = wish(row.getString(0));
            if (expected.equals("!")) {
                assertThatIllegalStateException().isThrownBy(() -> wish.apply(at(status)));
            } else {
                assertThat(wish.apply(at(status)).status())
                        .isEqualTo(RestockStatus.valueOf(expected));
            }
        }
    }

    @Test
    void it_is_closed_when_all_has_come_even_if_of_something_too_much() {
        var order = draft.ordered(NOW).receiving(Map.of(CHAIR, 12), NOW);
        assertThat(order.closedAt()).isNull();
        var closed = order.receiving(Map.of(TABLE, 2), NOW);
        assertThat(closed.closedAt()).isEqualTo(NOW);
        assertThat(closed.lines())
                .containsExactly(
                        new RestockOrder.Line(CHAIR, 10, 12), new RestockOrder.Line(TABLE, 2, 2));
    }

    @Test
    void nothing_and_the_same_thing_twice_cannot_be_ordered() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RestockDraft(null, null, null, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new RestockDraft(null, null, null, List.of(new Quantity(CHAIR, 0))));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new RestockDraft(
                                        null,
                                        null,
                                        null,
                                        List.of(new Quantity(CHAIR, 1), new Quantity(CHAIR, 2))));
    }

    private UnaryOperator<RestockOrder> wish(String name) {
        return switch (name) {
            case "change" -> it -> it.changed(draft.draft());
            case "order" -> it -> it.ordered(NOW);
            case "receive some" -> it -> it.receiving(Map.of(CHAIR, 1), NOW);
            case "receive all" -> it -> it.receiving(Map.of(CHAIR, 10, TABLE, 2), NOW);
            case "cancel" -> it -> it.cancelled(NOW);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private RestockOrder at(RestockStatus status) {
        return switch (status) {
            case DRAFT -> draft;
            case ORDERED -> draft.ordered(NOW);
            case PARTLY_RECEIVED -> draft.ordered(NOW).receiving(Map.of(CHAIR, 1), NOW);
            case RECEIVED -> draft.ordered(NOW).receiving(Map.of(CHAIR, 10, TABLE, 2), NOW);
            case CANCELLED -> draft.cancelled(NOW);
        };
    }
}
