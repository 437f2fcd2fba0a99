package duka.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ApiChangeTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String DOCUMENT =
            """
            {"openapi": "3.1.0",
             "security": [{"bearer": []}, {}],
             "paths": {
               "/orders": {
                 "get": {
                   "parameters": [
                     {"name": "page", "in": "query", "schema": {"type": "integer", "maximum": 100}}],
                   "responses": {
                     "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Orders"}},
                                         "text/csv": {"schema": {"type": "string"}}}},
                     "404": {"$ref": "#/components/responses/Gone"}}},
                 "post": {
                   "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Wish"}}}},
                   "responses": {"201": {"headers": {"Location": {"schema": {"type": "string"}}}}}}},
               "/orders/{id}": {
                 "delete": {
                   "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                   "responses": {"204": {}}}}},
             "components": {
               "responses": {
                 "Gone": {"content": {"application/problem+json": {"schema": {"type": "object", "properties": {"type": {"type": "string"}}}}}}},
               "schemas": {
                 "Orders": {"type": "object", "required": ["count"], "properties": {
                   "count": {"type": "integer", "format": "int64"},
                   "results": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}}},
                 "Order": {"type": "object", "properties": {
                   "total": {"type": "string"},
                   "status": {"type": "string", "enum": ["OPEN", "CLOSED"]},
                   "reason": {"type": ["string", "null"]},
                   "replaces": {"$ref": "#/components/schemas/Order"}}},
                 "Wish": {"allOf": [
                   {"$ref": "#/components/schemas/Named"},
                   {"type": "object", "required": ["quantity"], "properties": {
                     "quantity": {"type": "integer", "minimum": 1},
                     "gift": {"type": "boolean"},
                     "kind": {"type": "string", "enum": ["CARD", "CASH"]}}}]},
                 "Named": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 80}}}}}}
            """;

    private static final JsonNode RELEASED = JSON.readTree(DOCUMENT);

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /paths/~1orders~1{id}/delete                                             | -                                                       | DELETE /orders/{id}: gone
                    /paths/~1orders~1{id}                                                    | -                                                       | DELETE /orders/{id}: gone
                    /paths/~1orders/get/parameters/0                                         | -                                                       | GET /orders query page: gone
                    /paths/~1orders/get/parameters/0/required                                | true                                                    | GET /orders query page: required now
                    /paths/~1orders/get/parameters/0/schema/type                             | "string"                                                | GET /orders query page: string, no longer integer
                    /paths/~1orders/get/parameters/0/schema/maximum                          | 50                                                      | GET /orders query page: maximum 50 now
                    /paths/~1orders/get/parameters/1                                         | {"name": "by", "in": "query", "required": true}         | GET /orders query by: required now
                    /paths/~1orders/get/responses/200                                        | -                                                       | GET /orders 200: gone
                    /paths/~1orders/get/responses/200/content/text~1csv                      | -                                                       | GET /orders 200 text/csv: gone
                    /paths/~1orders/get/security                                             | [{"bearer": []}]                                        | GET /orders: no longer for guests
                    /components/responses/Gone/content/application~1problem+json/schema/properties/type | -                                            | GET /orders 404 type: gone
                    /components/schemas/Orders/properties/count                              | -                                                       | GET /orders 200 count: gone
                    /components/schemas/Orders/properties/count/format                       | "int32"                                                 | GET /orders 200 count: another format
                    /components/schemas/Orders/required                                      | []                                                      | GET /orders 200 count: no longer always there
                    /components/schemas/Order/properties/total                               | -                                                       | GET /orders 200 results[].total: gone
                    /components/schemas/Order/properties/total/type                          | "integer"                                               | GET /orders 200 results[].total: integer, not string
                    /components/schemas/Order/properties/total/type                          | ["string", "null"]                                      | GET /orders 200 results[].total: null or string, not string
                    /components/schemas/Order/properties/status/enum                         | ["OPEN", "CLOSED", "LOST"]                              | GET /orders 200 results[].status: also other than CLOSED or OPEN
                    /components/schemas/Order/properties/total/oneOf                         | [{"maxLength": 1}]                                      | GET /orders 200 results[].total: another oneOf
                    /components/schemas/Orders/properties/results/items                      | -                                                       | GET /orders 200 results: another items
                    /paths/~1orders/post/requestBody/required                                | true                                                    | POST /orders body: required now
                    /paths/~1orders/post/requestBody                                         | -                                                       | POST /orders body application/json: gone
                    /paths/~1orders/post/responses/201/headers/Location                      | -                                                       | POST /orders 201 header Location: gone
                    /components/schemas/Named/properties/name                                | -                                                       | POST /orders body name: gone
                    /components/schemas/Named/properties/name/maxLength                      | 40                                                      | POST /orders body name: maxLength 40 now
                    /components/schemas/Named/properties/name/minLength                      | 1                                                       | POST /orders body name: minLength 1 now
                    /components/schemas/Named/properties/name/pattern                        | "[a-z]*"                                                | POST /orders body name: another pattern
                    /components/schemas/Named/required                                       | ["name"]                                                | POST /orders body name: required now
                    /components/schemas/Wish/allOf/1/properties/quantity/type                | "string"                                                | POST /orders body quantity: string, no longer integer
                    /components/schemas/Wish/allOf/1/properties/kind/enum                    | ["CARD"]                                                | POST /orders body kind: only CARD
                    """)
    void a_change_that_breaks_a_client_is_named(String where, String what, String breach) {
        assertThat(breachesAfter(where, what)).containsExactly(breach);
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /paths/~1returns                                                         | {"get": {"responses": {"200": {}}}}
                    /paths/~1orders/get/parameters/1                                         | {"name": "by", "in": "query"}
                    /paths/~1orders/get/responses/404                                        | -
                    /paths/~1orders/get/responses/409                                        | {}
                    /paths/~1orders/get/summary                                              | "All orders"
                    /paths/~1orders/get/parameters/0/schema/maximum                          | 1000
                    /paths/~1orders/get/parameters/0/schema/maximum                          | -
                    /components/schemas/Order/properties/note                                | {"type": "string"}
                    /components/schemas/Order/required                                       | ["total"]
                    /components/schemas/Order/properties/reason/type                         | "string"
                    /components/schemas/Order/properties/status/enum                         | ["OPEN"]
                    /components/schemas/Order/properties/total/description                   | "With tax"
                    /components/schemas/Order/properties/total/maxLength                     | 20
                    /components/schemas/Wish/allOf/1/required                                | []
                    /components/schemas/Wish/allOf/1/properties/note                         | {"type": "string"}
                    /components/schemas/Wish/allOf/1/properties/quantity/minimum             | 0
                    /components/schemas/Wish/allOf/1/properties/kind/enum                    | ["CARD", "CASH", "POINTS"]
                    /components/schemas/Named/properties/name/type                           | ["string", "null"]
                    """)
    void what_only_adds_breaks_nobody(String where, String what) {
        assertThat(breachesAfter(where, what)).isEmpty();
    }

    @Test
    void what_a_placeholder_is_called_means_nothing() {
        var renamed =
                JSON.readTree(
                        DOCUMENT.replace("/orders/{id}", "/orders/{order_id}")
                                .replace("\"name\": \"id\"", "\"name\": \"order_id\""));

        assertThat(ApiChange.breaches(RELEASED, renamed)).isEmpty();
    }

    @Test
    void a_part_of_a_document_has_all_that_it_refers_to_and_no_more() {
        var whole = (ObjectNode) JSON.readTree(DOCUMENT);
        ((ObjectNode) whole.at("/paths/~1orders")).put("x-service", "order-service");
        ((ObjectNode) whole.at("/paths/~1orders~1{id}")).put("x-service", "cart-service");
        ((ObjectNode) whole.at("/components/schemas")).putObject("Cart").put("type", "object");

        var orders = ApiDocument.partOf(whole, "order-service");

        assertThat(orders.path("paths").propertyNames()).containsExactly("/orders");
        assertThat(orders.at("/components/schemas").propertyNames())
                .containsExactlyInAnyOrder("Orders", "Order", "Wish", "Named");
        assertThat(orders.at("/components/responses").propertyNames()).containsExactly("Gone");
        assertThat(ApiChange.breaches(orders, whole)).isEmpty();
        assertThat(ApiChange.breaches(whole, orders)).containsExactly("DELETE /orders/{id}: gone");
        assertThat(ApiDocument.partOf(whole, "gateway")).isEmpty();
    }

    /**
     * @param what JSON, or a dash for nothing
     */
    private static List<String> breachesAfter(String where, String what) {
        var today = RELEASED.deepCopy();
        int end = where.lastIndexOf('/');
        var parent = today.at(where.substring(0, end));
        var last = where.substring(end + 1).replace("~1", "/");
        if (parent instanceof ObjectNode object) {
            if (what.equals("-")) {
                object.remove(last);
            } else {
                object.set(last, JSON.readTree(what));
            }
        } else if (what.equals("-")) {
            parent.asArray().remove(Integer.parseInt(last));
        } else {
            parent.asArray().add(JSON.readTree(what));
        }
        return ApiChange.breaches(RELEASED, today);
    }
}
