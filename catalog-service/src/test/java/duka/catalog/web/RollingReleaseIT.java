package duka.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpHeaders.AUTHORIZATION;

import duka.catalog.Shop;
import duka.catalog.WholeCatalog;
import duka.testing.NextRelease;
import duka.web.Role;
import duka.web.TestTokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

@WholeCatalog
@Transactional
class RollingReleaseIT {

    @Autowired MockMvcTester http;
    @Autowired Shop shop;
    @Autowired JdbcClient jdbc;

    final String staff = TestTokens.bearer(Shop.MANAGER, Role.STORE_MANAGER);

    @ParameterizedTest
    @CsvSource({
        "products, products",
        "products, products/{id}",
        "images, products",
        "images, products/{id}",
        "stock_movements, stock-movements",
        "restock_orders, restock-orders",
        "restock_lines, restock-orders",
        "inventory_reports, inventory-reports"
    })
    void what_is_read_is_read_when_the_next_version_adds_a_column(String table, String path)
            throws Exception {
        var chair = shop.product(5);
        NextRelease.addsColumn(
                jdbc,
                table,
                () ->
                        assertThat(
                                        http.get()
                                                .uri("/api/v1/" + path, chair)
                                                .header(AUTHORIZATION, staff))
                                .hasStatusOk());
    }
}
