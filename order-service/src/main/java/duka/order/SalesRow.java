package duka.order;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was sold on a day, of a product or by a vendor; of these three, the one that is asked for.
 *
 * @param vendorId none for what the shop itself sells
 * @param orders how many were confirmed
 * @param cancelled how many of these were cancelled or returned since
 * @param units of what was neither cancelled nor returned
 * @param revenue of these units, in the currency's main unit
 */
public record SalesRow(
        @Nullable LocalDate day,
        @Nullable UUID productId,
        @Nullable String name,
        @Nullable UUID vendorId,
        long orders,
        long cancelled,
        long units,
        BigDecimal revenue,
        Currency currency) {}
