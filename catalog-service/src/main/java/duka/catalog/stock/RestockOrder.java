package duka.catalog.stock;

import static duka.catalog.stock.RestockStatus.CANCELLED;
import static duka.catalog.stock.RestockStatus.DRAFT;
import static duka.catalog.stock.RestockStatus.ORDERED;
import static duka.catalog.stock.RestockStatus.PARTLY_RECEIVED;
import static duka.catalog.stock.RestockStatus.RECEIVED;

import duka.events.Quantity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goods to come: drafted, ordered from a supplier, received in one delivery or in several, and
 * closed when all has come or when the rest will not come.
 *
 * @param vendorId whose order it is; null for the shop's own
 */
public record RestockOrder(
        UUID id,
        @Nullable UUID vendorId,
        RestockStatus status,
        @Nullable String supplier,
        @Nullable String note,
        @Nullable LocalDate expectedOn,
        List<Line> lines,
        UUID createdBy,
        Instant createdAt,
        @Nullable Instant orderedAt,
        @Nullable Instant closedAt,
        long version) {

    public RestockOrder {
        lines = List.copyOf(lines);
    }

    /**
     * @param received may be more than was ordered, where somebody has said so
     */
    public record Line(UUID productId, int quantity, int received) {

        int missing() {
            return Math.max(0, quantity - received);
        }
    }

    static RestockOrder drafted(
            UUID id, @Nullable UUID vendor, RestockDraft draft, UUID by, Instant now) {
        return new RestockOrder(
                id,
                vendor,
                DRAFT,
                draft.supplier(),
                draft.note(),
                draft.expectedOn(),
                lines(draft),
                by,
                now,
                null,
                null,
                0);
    }

    public RestockDraft draft() {
        return new RestockDraft(
                supplier,
                note,
                expectedOn,
                lines.stream()
                        .map(line -> new Quantity(line.productId(), line.quantity()))
                        .toList());
    }

    boolean canChange() {
        return status == DRAFT;
    }

    boolean canReceive() {
        return status == ORDERED || status == PARTLY_RECEIVED;
    }

    RestockOrder changed(RestockDraft draft) {
        check(canChange(), "changed");
        return new RestockOrder(
                id,
                vendorId,
                status,
                draft.supplier(),
                draft.note(),
                draft.expectedOn(),
                lines(draft),
                createdBy,
                createdAt,
                orderedAt,
                closedAt,
                version + 1);
    }

    RestockOrder ordered(Instant now) {
        check(status == DRAFT, "ordered");
        return become(ORDERED, lines, now, null);
    }

    RestockOrder cancelled(Instant now) {
        check(!status.isFinal(), "cancelled");
        return become(CANCELLED, lines, orderedAt, now);
    }

    /** After these units have come, each product of them one of its own. */
    RestockOrder receiving(Map<UUID, Integer> units, Instant now) {
        check(canReceive(), "received");
        var after =
                lines.stream()
                        .map(
                                line ->
                                        new Line(
                                                line.productId(),
                                                line.quantity(),
                                                Math.addExact(
                                                        line.received(),
                                                        units.getOrDefault(line.productId(), 0))))
                        .toList();
        boolean all = after.stream().allMatch(line -> line.missing() == 0);
        return become(all ? RECEIVED : PARTLY_RECEIVED, after, orderedAt, all ? now : null);
    }

    private RestockOrder become(
            RestockStatus next,
            List<Line> lines,
            @Nullable Instant orderedAt,
            @Nullable Instant closedAt) {
        return new RestockOrder(
                id,
                vendorId,
                next,
                supplier,
                note,
                expectedOn,
                lines,
                createdBy,
                createdAt,
                orderedAt,
                closedAt,
                version + 1);
    }

    private void check(boolean possible, String what) {
        if (!possible) {
            throw new IllegalStateException(
                    "restock order %s is %s and cannot be %s".formatted(id, status, what));
        }
    }

    private static List<Line> lines(RestockDraft draft) {
        return draft.lines().stream()
                .map(line -> new Line(line.productId(), line.quantity(), 0))
                .toList();
    }
}
