package duka.testing.planted.web;

public record View(String shown) {}
