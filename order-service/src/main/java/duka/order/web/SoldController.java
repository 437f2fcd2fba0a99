package duka.order.web;

import duka.order.Addresses;
import duka.order.Order;
import duka.order.OrderId;
import duka.order.OrderSearch;
import duka.order.OrderSearch.Only;
import duka.order.OrderStatus;
import duka.order.Ordering;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Results;
import duka.web.Times;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/orders/sold")
@Tag(name = "sold")
class SoldController {

    private final Ordering orders;
    private final Addresses addresses;

    SoldController(Ordering orders, Addresses addresses) {
        this.orders = orders;
        this.addresses = addresses;
    }

    @GetMapping
    @Operation(
            summary = "What you, a vendor, have sold: your lines of each confirmed order",
            description =
                    "For deep reading begin with an empty cursor and follow next: the newest first.")
    Results<SoldView> listSold(
            Caller vendor,
            Paging paging,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(name = "created_from", required = false) @Nullable Instant from,
            @RequestParam(name = "created_to", required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String ordering,
            @RequestParam(required = false) @Nullable String cursor) {
        var wanted =
                new OrderSearch(
                        null,
                        vendor.id(),
                        status,
                        Times.checked("created_from", from),
                        Times.checked("created_to", to),
                        null,
                        null,
                        Only.SOLD);
        return new OrderList(paging, ordering, cursor)
                .read(orders, wanted, order -> view(order, vendor));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Your lines of a confirmed order, and where to ship them")
    SoldView getSold(@PathVariable OrderId id, Caller vendor) {
        return view(orders.findSold(id, Viewers.of(vendor)), vendor);
    }

    private SoldView view(Order order, Caller vendor) {
        return SoldView.of(order, vendor.id(), () -> addresses.of(order));
    }
}
