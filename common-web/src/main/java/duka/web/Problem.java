package duka.web;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;

/** A refusal as RFC 9457 has it, whose {@code type} names it: {@code /problems/out-of-stock}. */
public final class Problem {

    /**
     * @param type in kebab-case; its title is the same in words
     */
    public static ResponseEntity<ProblemDetail> of(HttpStatus status, String type, String detail) {
        return of(status, type, detail, Map.of());
    }

    /**
     * @param more further members, named in snake_case
     */
    public static ResponseEntity<ProblemDetail> of(
            HttpStatus status, String type, String detail, Map<String, ?> more) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body(status, type, detail, more));
    }

    static ProblemDetail body(HttpStatus status, String type, String detail, Map<String, ?> more) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("/problems/" + type));
        problem.setTitle(StringUtils.capitalize(type.replace('-', ' ')));
        more.forEach(problem::setProperty);
        return problem;
    }

    private Problem() {}
}
