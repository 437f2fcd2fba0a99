package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeederTest {

    @Test
    void a_product_is_always_the_same() {
        assertThat(product(7)).isEqualTo(product(7));
    }

    @Test
    void no_two_of_many_share_a_slug_or_a_sku() {
        assertThat(IntStream.range(0, 5000).mapToObj(SeederTest::product))
                .extracting(product -> product.get("slug"))
                .doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 5000).mapToObj(SeederTest::product))
                .extracting(product -> product.get("sku"))
                .doesNotHaveDuplicates();
    }

    private static Map<String, Object> product(int number) {
        return Seeder.product(number, "category", null);
    }
}
