package duka.catalog.stock;

import static duka.web.Role.ADMIN;
import static duka.web.Role.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import duka.catalog.Shop;
import duka.catalog.WholeCatalog;
import duka.events.InventoryReconciled;
import duka.events.InventoryReconciled.Difference;
import duka.events.InventoryReconciled.Figure;
import duka.messaging.Conversation;
import duka.web.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

@WholeCatalog
class ReconcilingIT {

    static final String BOSS = TestTokens.bearer(UUID.randomUUID(), ADMIN);

    @Autowired Reconciling reconciling;
    @Autowired InventoryReports reports;
    @Autowired Conversation catalog;
    @Autowired Shop shop;
    @Autowired JdbcClient jdbc;
    @Autowired MockMvc http;

    @BeforeEach
    @AfterEach
    void it_is_another_day() {
        jdbc.sql("delete from inventory_differences").update();
        jdbc.sql("delete from inventory_reports").update();
    }

    @Test
    void books_that_agree_are_said_to_agree() {
        shop.product(3);
        reconciling.reconcile();
        var report = reports.list(0, 1).getFirst();
        assertThat(report.differences()).isZero();
        assertThat(said(report)).satisfies(it -> assertThat(it.differences()).isEmpty());
        assertThat(said(report).products()).isPositive().isEqualTo(report.products());
    }

    @Test
    void every_difference_is_found_and_told_once_a_day() throws Exception {
        var stolen = shop.product(10);
        var forgotten = shop.product(10);
        plant("update stock set on_hand = on_hand - 3 where product_id = ?", stolen);
        plant("update stock set reserved = 2 where product_id = ?", forgotten);
        try {
            reconciling.reconcile();
            reconciling.reconcile();

            var report = reports.list(0, 1).getFirst();
            var differences =
                    new Difference[] {
                        new Difference(stolen, Figure.ON_HAND, 10, 7),
                        new Difference(forgotten, Figure.RESERVED, 0, 2)
                    };
            assertThat(said(report).differences()).containsExactlyInAnyOrder(differences);
            assertThat(reports.differences(report.id(), 0, 10))
                    .containsExactlyInAnyOrder(differences);

            var path = "/api/v1/inventory-reports";
            http.perform(get(path + "?page_size=1").header(AUTHORIZATION, BOSS))
                    .andExpect(jsonPath("$.results[0].id").value(report.id().toString()))
                    .andExpect(jsonPath("$.results[0].differences").value(2));
            http.perform(get(path + "/" + report.id()).header(AUTHORIZATION, BOSS))
                    .andExpect(jsonPath("$.products").value(report.products()));
            http.perform(get(path + "/" + report.id() + "/differences").header(AUTHORIZATION, BOSS))
                    .andExpect(jsonPath("$.count").value(2));
            http.perform(get(path + "/" + stolen).header(AUTHORIZATION, BOSS))
                    .andExpect(status().isNotFound());
            http.perform(
                            get(path)
                                    .header(
                                            AUTHORIZATION,
                                            TestTokens.bearer(UUID.randomUUID(), VENDOR)))
                    .andExpect(status().isForbidden());
        } finally {
            plant("update stock set on_hand = on_hand + 3 where product_id = ?", stolen);
            plant("update stock set reserved = 0 where product_id = ?", forgotten);
        }
    }

    private void plant(String sql, UUID product) {
        jdbc.sql(sql).param(product).update();
    }

    private InventoryReconciled said(InventoryReport report) {
        return (InventoryReconciled) catalog.said(report.id()).getLast();
    }
}
