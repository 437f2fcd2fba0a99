package duka.web.sample;

import duka.web.Problem;
import duka.web.sample.SampleController.OutOfPaper;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@RestControllerAdvice
class Problems {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(OutOfPaper e) {
        return Problem.of(HttpStatus.CONFLICT, "out-of-paper", "There is no paper left.");
    }
}
