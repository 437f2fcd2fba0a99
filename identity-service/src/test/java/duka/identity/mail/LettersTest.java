package duka.identity.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LettersTest {

    private static final String HOSTILE = "<script>alert(\"1\")</script>\r\nBcc: all@example.com";

    private final Letters letters = new Letters();

    @ParameterizedTest
    @EnumSource(Template.class)
    void each_kind_of_mail_is_written_in_text_and_in_html(Template template) {
        var letter = letters.write(template.name(), facts("Baobab <oil> & honey", true));

        assertThat(letter.subject()).isNotBlank().doesNotContain("{{");
        assertThat(letter.text()).startsWith("Hello Amina,").endsWith("https://shop.example\n");
        assertThat(letter.text()).doesNotContain("{{", "<p>", "&lt;", "&amp;");
        assertThat(letter.html())
                .startsWith("<!doctype html>")
                .contains("<title>" + letter.subject() + "</title>", "<p>Hello Amina,</p>")
                .doesNotContain("{{", "<oil>", "&amp;lt;")
                .endsWith("</html>\n");
    }

    @ParameterizedTest
    @EnumSource(Template.class)
    void nothing_that_somebody_wrote_becomes_markup_or_a_header(Template template) {
        var letter = letters.write(template.name(), facts(HOSTILE, false));

        assertThat(letter.html()).doesNotContain("<script>");
        assertThat(letter.subject()).doesNotContain("\n", "\r");
    }

    @Test
    void a_fact_that_is_missing_is_noticed() {
        assertThatThrownBy(
                        () ->
                                letters.write(
                                        "VERIFY_EMAIL",
                                        Map.of("name", "", "shop_url", "https://shop.example")))
                .hasMessageContaining("link");
        assertThatThrownBy(() -> letters.write("ORDER_EATEN", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_order_is_read_line_by_line() {
        assertThat(letters.write("ORDER_CONFIRMED", facts("Baobab oil", true)).text())
                .isEqualTo(
                        """
                        Hello Amina,

                        thank you for your order. We are getting it ready.

                        - 2 x Baobab oil: 778.00 KES
                        Total: 778.00 KES

                        Your order: https://shop.example/orders/7

                        Duka
                        https://shop.example
                        """);
    }

    @Test
    void whoever_is_not_known_by_name_is_greeted_without_one() {
        var facts = new HashMap<>(facts("", true));
        facts.put("name", "");

        var letter = letters.write("WELCOME", facts);

        assertThat(letter.text()).startsWith("Hello,");
        assertThat(letter.html()).contains("<p>Hello,</p>");
    }

    /** Everything that any template may name. */
    private static Map<String, Object> facts(String text, boolean yes) {
        var line =
                Map.<String, Object>of(
                        "product", text, "quantity", 2, "amount", "778.00 KES", "why", text);
        var alert = Map.of("product", text, "level", "low", "available", 3, "threshold", 5);
        var difference =
                Map.of(
                        "product",
                        text,
                        "product_id",
                        "8",
                        "figure",
                        "on hand",
                        "expected",
                        4,
                        "found",
                        3);
        var best = Map.of("product", text, "units", 9, "revenue", "100.00 KES");
        var facts = new HashMap<String, Object>();
        facts.put("name", "Amina");
        facts.put("shop_url", "https://shop.example");
        facts.put(
                "order",
                Map.of(
                        "url",
                        "https://shop.example/orders/7",
                        "total",
                        "778.00 KES",
                        "lines",
                        List.of(line)));
        facts.put("lines", List.of(line));
        facts.put("refused", List.of(line));
        facts.put("alerts", List.of(alert));
        facts.put("differences", List.of(difference));
        facts.put("best", List.of(best));
        for (var name :
                List.of(
                        "token",
                        "code",
                        "reason",
                        "why",
                        "deadline",
                        "at",
                        "payment_id",
                        "refund_id")) {
            facts.put(name, text);
        }
        facts.put("from", yes ? "1 March 2026" : text);
        facts.put("to", yes ? "7 March 2026" : text);
        for (var name : List.of("amount", "revenue")) {
            facts.put(name, "778.00 KES");
        }
        for (var name : List.of("compared", "count", "orders", "cancelled", "units")) {
            facts.put(name, 1);
        }
        for (var name : List.of("complete", "money_back", "last", "agree")) {
            facts.put(name, yes);
        }
        facts.put("link", yes ? "https://shop.example/?token=abc" : "");
        return facts;
    }
}
