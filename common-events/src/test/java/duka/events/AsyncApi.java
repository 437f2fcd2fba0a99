package duka.events;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The topics and all that is said on them as an AsyncAPI document, for machines. */
class AsyncApi {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Map<String, String> SPEAKERS =
            Map.of(
                    Topics.CART, "cart-service",
                    Topics.ORDERS, "order-service",
                    Topics.STOCK, "catalog-service",
                    Topics.PAYMENTS, "payment-service",
                    Topics.PRODUCTS, "catalog-service",
                    Topics.ACCOUNTS, "identity-service",
                    Topics.LEDGER, "payment-service",
                    Topics.REPORTS, "order-service");

    private static final Map<String, String> HEADERS =
            Map.of(
                    "ce_specversion", "CloudEvents version, 1.0",
                    "ce_id", "the event's id (UUIDv7): the same again is a resend",
                    "ce_type", "the message's name",
                    "ce_source", "the service that says it",
                    "ce_time", "when it happened",
                    "ce_subject", "the key: the aggregate's id",
                    "ce_dataschema", "the schema of the body");

    private final ObjectNode document = JSON.createObjectNode();

    /**
     * @param examples at least one of every type
     */
    static ObjectNode of(List<Event> examples, Map<Event, JsonNode> bodies) {
        var api = new AsyncApi();
        api.head();
        new TreeMap<>(examples.stream().collect(groupingBy(Topics::of)))
                .forEach((topic, said) -> api.channel(topic, said, bodies));
        return api.document;
    }

    private void head() {
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Duka's events")
                .put("version", "v1")
                .put(
                        "description",
                        "One topic per kind of event, spoken on by one service. JSON bodies of bare"
                                + " facts; CloudEvents 1.0 in Kafka's binary mode. One key's events"
                                + " are in order; a resend has the same ce_id. Fields are added,"
                                + " never removed; skip types and fields that you do not know.");
        document.put("defaultContentType", "application/json");
        document.putObject("channels");
        document.putObject("operations");
        var headers =
                document.putObject("components")
                        .putObject("messageTraits")
                        .putObject("cloudEvent")
                        .putObject("headers")
                        .put("type", "object")
                        .putObject("properties");
        new TreeMap<>(HEADERS)
                .forEach(
                        (name, meaning) ->
                                headers.putObject(name)
                                        .put("type", "string")
                                        .put("description", meaning));
    }

    private void channel(String topic, List<Event> said, Map<Event, JsonNode> bodies) {
        var channel =
                ((ObjectNode) document.get("channels"))
                        .putObject(topic)
                        .put("address", topic)
                        .put("title", topic);
        var messages = channel.putObject("messages");
        new TreeMap<>(said.stream().collect(groupingBy(event -> event.getClass().getSimpleName())))
                .forEach((type, all) -> message(messages.putObject(type), all, bodies));
        var speaks =
                ((ObjectNode) document.get("operations"))
                        .putObject(
                                "%s-says-%s".formatted(SPEAKERS.get(topic), topic.split("\\.")[1]))
                        .put("action", "send")
                        .put("title", SPEAKERS.get(topic));
        speaks.putObject("channel").put("$ref", "#/channels/" + topic);
    }

    private static void message(ObjectNode message, List<Event> all, Map<Event, JsonNode> bodies) {
        var type = all.getFirst().getClass();
        message.put("name", type.getSimpleName()).put("contentType", "application/json");
        message.putArray("traits").addObject().put("$ref", "#/components/messageTraits/cloudEvent");
        message.putObject("bindings")
                .putObject("kafka")
                .putObject("key")
                .put("type", "string")
                .put("format", "uuid");
        message.set("payload", Schemas.of(type));
        var examples = message.putArray("examples");
        all.forEach(event -> examples.addObject().set("payload", bodies.get(event)));
    }
}
