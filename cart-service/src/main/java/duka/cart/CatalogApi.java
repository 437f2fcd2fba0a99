package duka.cart;

import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** What cart needs of catalog's HTTP interface. */
interface CatalogApi {

    @GetExchange("/api/v1/products/{id}")
    FoundProduct product(@PathVariable UUID id);

    @GetExchange("/api/v1/products/{id}/stock")
    FoundStock stock(@PathVariable UUID id);

    /**
     * @param unitPrice what a customer pays: the discount price where there is one
     */
    record FoundProduct(
            UUID id,
            String slug,
            String name,
            BigDecimal unitPrice,
            String currency,
            boolean isActive) {}

    record FoundStock(int available) {}
}
