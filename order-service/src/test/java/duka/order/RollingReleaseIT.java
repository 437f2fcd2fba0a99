package duka.order;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.testing.NextRelease;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.annotation.Transactional;

@Transactional
class RollingReleaseIT extends OrderServiceIT {

    @ParameterizedTest
    @CsvSource({
        "orders, orders/{id}",
        "orders, orders",
        "order_lines, orders/{id}",
        "timeline, orders/{id}/timeline",
        "shipments, orders/{id}/shipments",
        "shipment_lines, orders/{id}/shipments",
        "returns, returns"
    })
    void what_is_read_is_read_when_the_next_version_adds_a_column(String table, String path)
            throws Exception {
        sold();
        NextRelease.addsColumn(
                jdbc, table, () -> staff(get("/api/v1/" + path, id)).andExpect(status().isOk()));
    }
}
