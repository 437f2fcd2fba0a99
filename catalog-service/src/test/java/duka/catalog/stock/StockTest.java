package duka.catalog.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import duka.events.StockLevelChanged;
import duka.events.StockLevelChanged.Level;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StockTest {

    final UUID chair = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({"10,4,5,IN", "10,5,5,LOW", "10,9,5,LOW", "10,10,5,OUT", "1,0,0,IN", "0,0,0,OUT"})
    void its_level_is_that_of_what_is_available(int onHand, int reserved, int low, Level level) {
        assertThat(new Stock(chair, onHand, reserved, low).level()).isEqualTo(level);
    }

    @Test
    void no_more_is_reserved_than_there_is() {
        var stock = new Stock(chair, 3, 2, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> stock.plus(0, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> stock.plus(-2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> stock.plus(0, -3));
    }

    @Test
    void what_comes_back_always_finds_room() {
        var full = new Stock(chair, Stock.MOST, 0, 0);
        assertThat(full.plus(1, 0).onHand()).isEqualTo(Stock.MOST + 1);
    }

    @Test
    void it_tells_what_can_be_sold() {
        assertThat(new Stock(chair, 7, 3, 5).announceLevel())
                .isEqualTo(new StockLevelChanged(chair, Level.LOW, 4, 5));
    }
}
