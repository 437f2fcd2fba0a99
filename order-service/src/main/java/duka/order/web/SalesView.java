package duka.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import duka.order.SalesQuestion.By;
import duka.order.SalesRow;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was sold on a day, of a product or by a vendor.
 *
 * @param vendorId none for what the shop itself sells
 * @param orders how many were confirmed
 * @param cancelled how many of these were cancelled or returned since
 * @param units of what was neither cancelled nor returned
 * @param revenue of these units
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SalesView(
        @Nullable LocalDate day,
        @Nullable UUID productId,
        @Nullable String name,
        @Nullable UUID vendorId,
        long orders,
        long cancelled,
        long units,
        String revenue,
        String currency) {

    static SalesView of(SalesRow row) {
        return new SalesView(
                row.day(),
                row.productId(),
                row.name(),
                row.vendorId(),
                row.orders(),
                row.cancelled(),
                row.units(),
                row.revenue().toPlainString(),
                row.currency().getCurrencyCode());
    }

    static String csvHeader(By by) {
        return switch (by) {
            case DAY -> "day,orders,cancelled,units,revenue,currency\r\n";
            case PRODUCT -> "product_id,name,orders,cancelled,units,revenue,currency\r\n";
            case VENDOR -> "vendor_id,orders,cancelled,units,revenue,currency\r\n";
        };
    }

    static String csv(SalesRow row, By by) {
        var of =
                switch (by) {
                    case DAY -> Csv.fields(row.day());
                    case PRODUCT -> Csv.fields(row.productId(), row.name());
                    case VENDOR -> Csv.fields(row.vendorId());
                };
        var revenue = row.revenue().toPlainString();
        return "%s,%d,%d,%d,%s,%s\r\n"
                .formatted(of, row.orders(), row.cancelled(), row.units(), revenue, row.currency());
    }
}
