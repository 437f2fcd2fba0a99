package duka.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import duka.events.Event;
import duka.events.Money;
import duka.events.OrderEvent.OrderAwaitingPayment;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentMethod;
import duka.messaging.EventCodec.Undecodable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCodecTest {

    static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    final EventCodec codec = new EventCodec();

    @Test
    void an_event_is_bare_facts_in_snake_case() {
        var event =
                new OrderAwaitingPayment(
                        ID,
                        ID,
                        Money.of("389.00", "KES"),
                        List.of(new VendorShare(null, Money.of("389.00", "KES"))),
                        PaymentMethod.CARD,
                        null,
                        Instant.parse("2026-11-21T20:00:00Z"));

        var json = codec.write(event);

        assertThat(json)
                .isEqualTo(
                        """
                        {"order_id":"%1$s","customer_id":"%1$s",\
                        "total":{"minor_units":38900,"currency":"KES"},\
                        "vendor_shares":[{"amount":{"minor_units":38900,"currency":"KES"}}],\
                        "payment_method":"CARD","deadline":"2026-11-21T20:00:00Z"}"""
                                .formatted(ID));
        assertThat(read("OrderAwaitingPayment", json)).isEqualTo(event);
    }

    @Test
    void what_a_newer_release_has_added_is_ignored() {
        assertThat(EventCodec.typeOf(read("OrderConfirmed", "{'order_id':'%s','mood':{'good':1}}")))
                .isEqualTo("OrderConfirmed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            no JSON                 | OrderConfirmed    | {
            no object               | OrderConfirmed    | []
            nothing                 | OrderConfirmed    | null
            an empty body           | OrderConfirmed    | ~~
            more than one value     | OrderConfirmed    | {'order_id':'%s'} {}
            a missing field         | OrderConfirmed    | {}
            a field that is null    | OrderConfirmed    | {'order_id':null}
            another type            | OrderConfirmed    | {'order_id':7}
            no UUID                 | OrderConfirmed    | {'order_id':'7'}
            a missing primitive     | OrderCancelled    | {'order_id':'%s','reason':'STAFF'}
            a primitive that is null| OrderCancelled    | {'order_id':'%s','reason':'STAFF','after_confirmation':null}
            text for a boolean      | OrderCancelled    | {'order_id':'%s','reason':'STAFF','after_confirmation':'true'}
            an unknown value        | OrderCancelled    | {'order_id':'%s','reason':'MOOD','after_confirmation':true}
            a number for a value    | OrderCancelled    | {'order_id':'%s','reason':1,'after_confirmation':true}
            a null in a list        | StockReturned     | {'order_id':'%s','lines':[null]}
            a fraction for a number | StockReturned     | {'order_id':'%s','lines':[{'product_id':'%s','quantity':1.5}]}
            text for a number       | StockReturned     | {'order_id':'%s','lines':[{'product_id':'%s','quantity':'1'}]}
            a missing part          | StockReturned     | {'order_id':'%s','lines':[{'product_id':'%s'}]}
            too large a number      | StockReturned     | {'order_id':'%s','lines':[{'product_id':'%s','quantity':2147483648}]}
            no currency             | OrderLinesCancelled | {'order_id':'%s','lines':[],'amount':{'minor_units':1,'currency':'XYZW'}}
            a type of no record     | Money             | {'minor_units':1,'currency':'KES'}
            """)
    void what_is_not_as_the_contract_has_it_is_undecodable(String what, String type, String body) {
        assertThatExceptionOfType(Undecodable.class).as(what).isThrownBy(() -> read(type, body));
    }

    @Test
    void without_a_body_there_is_no_event() {
        assertThatExceptionOfType(Undecodable.class)
                .isThrownBy(() -> codec.read("OrderConfirmed", null));
    }

    private Event read(String type, String body) {
        var json = body.replace('\'', '"').replace("%s", ID.toString());
        return codec.read(type, json.getBytes(StandardCharsets.UTF_8));
    }
}
