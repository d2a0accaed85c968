// Entry of a React frame: to come with the Fluent controls.
export {};
