package duka.order;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The migrations of the next version, while replicas of this one serve. */
class RollingReleaseIT extends OrderServiceIT {

    /** A statement that was used so often is kept prepared by the server. */
    private static final int OFTEN = 6;

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
    void what_is_read_is_read_on_the_same_connection_when_its_table_gets_a_column(
            String table, String path) {
        transaction.executeWithoutResult(
                release -> {
                    sold();
                    for (int time = 0; time < OFTEN; time++) {
                        read(path);
                    }
                    addColumn(table);

                    read(path);
                    release.setRollbackOnly();
                });
    }

    /** In a block, for of a statement that alters a table by itself the driver takes note. */
    private void addColumn(String table) {
        jdbc.sql("do $$ begin alter table %s add column later int; end $$".formatted(table))
                .update();
    }

    private void read(String path) {
        try {
            staff(get("/api/v1/" + path, id)).andExpect(status().isOk());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
