package duka.testing;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the database has found what a statement asks for, and what it had to look at for that. */
public record Plan(String sql, JsonNode root) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Plan of(String sql, String explained) {
        return new Plan(sql, JSON.readTree(explained).path(0).path("Plan"));
    }

    /** Counting a list is one thing, reading a page of it another. */
    public boolean counts() {
        return sql.stripLeading().startsWith("select count(*)");
    }

    /** Which of these tables are read from one end to the other. */
    public List<String> readsWhole(Set<String> tables) {
        return nodes(root)
                .filter(node -> node.path("Node Type").asString().equals("Seq Scan"))
                .map(node -> node.path("Relation Name").asString())
                .filter(tables::contains)
                .toList();
    }

    /** How many rows and index entries were looked at, whether they were wanted or not. */
    public long rowsRead() {
        return Math.round(
                nodes(root)
                        .filter(node -> node.has("Relation Name") || node.has("Index Name"))
                        .mapToDouble(Plan::rowsRead)
                        .sum());
    }

    private static double rowsRead(JsonNode scan) {
        var eachTime =
                scan.path("Actual Rows").asDouble()
                        + scan.path("Rows Removed by Filter").asDouble(0)
                        + scan.path("Rows Removed by Index Recheck").asDouble(0);
        return eachTime * scan.path("Actual Loops").asDouble();
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        return Stream.concat(
                Stream.of(node),
                StreamSupport.stream(node.path("Plans").spliterator(), false).flatMap(Plan::nodes));
    }

    @Override
    public String toString() {
        return sql + "\n" + root.toPrettyString();
    }
}
