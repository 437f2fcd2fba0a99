package duka.simulator;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Shows lines of the books, as they stand on disk, of a time. */
class Log implements Consumer<String> {

    private record Line(Instant at) {}

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final PrintWriter out;
    private final @Nullable Instant from;
    private final @Nullable Instant until;

    Log(HttpServletResponse response, @Nullable Instant from, @Nullable Instant until)
            throws IOException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        this.out = response.getWriter();
        this.from = from;
        this.until = until;
    }

    @Override
    public void accept(String line) {
        if (isAsked(line)) {
            out.append(line).append('\n');
        }
    }

    private boolean isAsked(String line) {
        if (from == null && until == null) {
            return true;
        }
        var at = JSON.readValue(line, Line.class).at();
        return (from == null || !at.isBefore(from)) && (until == null || at.isBefore(until));
    }
}
