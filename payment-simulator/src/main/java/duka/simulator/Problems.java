package duka.simulator;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every refusal of the simulator, and the faults that its tokens ask for. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchAuthorization problem) {
        return of(HttpStatus.NOT_FOUND, problem.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(KeyReused problem) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, problem.getMessage());
    }

    @ExceptionHandler
    void on(Misbehaviour told, HttpServletRequest request, HttpServletResponse response) {
        switch (told.kind()) {
            case DROPPED_CONNECTION -> request.setAttribute(ConnectionDropper.DROP, true);
            case FAULT -> response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
        }
    }

    private static ResponseEntity<ProblemDetail> of(HttpStatus status, String detail) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
    }
}
