// Phones spread over ten seconds what all of them repeat after an outage. In these tests each one is among the first.
const { random } = Math;
Math.random = () => random() / 50;
